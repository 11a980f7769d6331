#pragma once
#include <stdarg.h>
#include <stddef.h>
typedef struct __microvisor_file FILE;
#define EOF (-1)
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define BUFSIZ 1024
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#ifdef __cplusplus
extern "C" {
#endif
extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;
int printf(const char *format, ...);
int fprintf(FILE *file, const char *format, ...);
int sprintf(char *to, const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
int vprintf(const char *format, va_list arguments);
int vfprintf(FILE *file, const char *format, va_list arguments);
int vsprintf(char *to, const char *format, va_list arguments);
int vsnprintf(char *to, size_t size, const char *format, va_list arguments);
int sscanf(const char *from, const char *format, ...);
int scanf(const char *format, ...);
int vsscanf(const char *from, const char *format, va_list arguments);
int asprintf(char **to, const char *format, ...);
int vasprintf(char **to, const char *format, va_list arguments);
FILE *fopen(const char *path, const char *mode);
int fclose(FILE *file);
size_t fread(void *to, size_t size, size_t count, FILE *file);
size_t fwrite(const void *from, size_t size, size_t count, FILE *file);
char *fgets(char *to, int size, FILE *file);
int fgetc(FILE *file);
int getc(FILE *file);
int putc(int c, FILE *file);
int fseek(FILE *file, long offset, int whence);
long ftell(FILE *file);
int feof(FILE *file);
int ferror(FILE *file);
int fileno(FILE *file);
int remove(const char *path);
int rename(const char *from, const char *to);
void setbuf(FILE *file, char *buffer);
int puts(const char *text);
int putchar(int c);
int getchar(void);
int fputs(const char *text, FILE *file);
int fputc(int c, FILE *file);
int fflush(FILE *file);
int setvbuf(FILE *file, char *buffer, int mode, size_t size);
void perror(const char *text);
#ifdef __cplusplus
}
#endif
