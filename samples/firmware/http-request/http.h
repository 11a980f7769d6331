/* HTTP requests, one at a time. */
#ifndef HTTP_H
#define HTTP_H

#include "average.h"
#include "mv_syscalls.h"

/** How a request ended. */
enum http_outcome {
    HTTP_DONE,         /* with status 200, and the body was read */
    HTTP_NO_CHANNEL,   /* no channel could be opened */
    HTTP_REFUSED,      /* Microvisor did not take the request */
    HTTP_TIMED_OUT,    /* no answer came */
    HTTP_DISCONNECTED, /* the channel broke */
    HTTP_UNREADABLE,   /* an answer came and could not be read */
    HTTP_FAILED,       /* the cloud could not carry out the request */
    HTTP_TOO_LARGE,    /* the response does not fit the receive buffer */
    HTTP_BAD_STATUS,   /* the far end answered with another status than 200 */
};

/** Gets a text of numbers and takes their mean; logs status, headers and what went wrong. */
enum http_outcome http_get_average(const char *url, struct average *average);

#endif
