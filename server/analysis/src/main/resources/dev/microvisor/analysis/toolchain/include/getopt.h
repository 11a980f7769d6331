#pragma once
extern char *optarg;
extern int optind;
#ifdef __cplusplus
extern "C" {
#endif
int getopt(int count, char *const *arguments, const char *options);
#ifdef __cplusplus
}
#endif
