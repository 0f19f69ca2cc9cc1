/*
 * Growing bytes whose writes cannot fail, and the few text forms that are
 * written by hand because they must be canonical: JSON strings, UTF-8.
 */
#ifndef YUGAO_BUF_H
#define YUGAO_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct buf {
	struct arena *arena;
	char *data; /* data[len] is always '\0' */
	size_t len, cap;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_clear(struct buf *buf); /* len = 0, memory kept */
void buf_add(struct buf *buf, const void *data, size_t len);
void buf_puts(struct buf *buf, const char *string);
void buf_putc(struct buf *buf, char c);
void buf_int(struct buf *buf, int64_t n);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A JSON string with quotes, minimal escapes, UTF-8 kept; NULL is null. */
void buf_json(struct buf *buf, const char *string);
/*
 * For a person's eyes: control characters as \u001b, bytes that are not UTF-8
 * as \xff, so that foreign text can neither steer a terminal nor hide itself.
 */
void buf_visible(struct buf *buf, const char *string);

/* Length of the valid UTF-8 character at s (1–4), 0 if it is not one. */
size_t utf8_length(const char *s, size_t len);
/* Offset of the first invalid byte, or len. */
size_t utf8_check(const char *s, size_t len);
/* Characters, not bytes. */
size_t utf8_count(const char *s, size_t len);
/* The code point at s, U+FFFD if it is not valid. */
uint32_t utf8_decode(const char *s, size_t len);
/*
 * The character at s is one of U+0000–001F but tab and newline, U+007F–009F,
 * or a bidi control (U+061C, 200E–F, 202A–E, 2066–9).
 */
bool utf8_is_control(const char *s, size_t len);

#endif
