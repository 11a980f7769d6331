package dev.microvisor.emulator.rest;

/**
 * A request that cannot be answered as asked.
 *
 * <p>The facts leave the error bodies open (section 13); these follow Twilio's general convention:
 * a code, a message and the HTTP status.
 */
final class RestException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    private RestException(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RestException notFound(String path) {
        return new RestException(404, 20404, "The requested resource " + path + " was not found");
    }

    static RestException badParameter(String message) {
        return new RestException(400, 20001, message);
    }

    static RestException conflict(String message) {
        return new RestException(409, 20409, message);
    }

    static RestException unauthorized() {
        return new RestException(
                401, 20003, "Authenticate with the account SID and token of this local cloud");
    }

    static RestException methodNotAllowed(String method) {
        return new RestException(405, 20004, "Method " + method + " is not allowed here");
    }

    static RestException tooLarge(int limitBytes) {
        return new RestException(
                413, 20413, "The request body is over the limit of " + limitBytes + " bytes");
    }

    static RestException internal() {
        return new RestException(500, 20500, "The local cloud failed; see its log");
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
