/* ISO/IEC 18004 through libqrencode, drawn as one path. */
#include <string.h>

#include <qrencode.h>

#include <yugao/arena.h>

#include "site.h"

#define QUIET 4 /* modules around it, as the standard asks */

static void
add_modules(struct buf *path, const QRcode *code)
{
	int x, y, width = code->width;

	for (y = 0; y < width; y++) {
		for (x = 0; x < width; x++) {
			int first = x;

			while (
			    x < width && (code->data[y * width + x] & 1) != 0)
				x++;
			if (x > first)
				buf_printf(path, "M%d %dh%dv1h-%dz",
				    first + QUIET, y + QUIET, x - first,
				    x - first);
		}
	}
}

void
qr_write(struct pen *pen, const char *text, const char *label)
{
	struct markup *m = &pen->markup;
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buf path;
	char *box;

	if (code == NULL)
		return;
	buf_init(&path, pen->arena);
	add_modules(&path, code);
	box = arena_printf(pen->arena, "0 0 %d %d", code->width + 2 * QUIET,
	    code->width + 2 * QUIET);
	QRcode_free(code);
	pen_open(pen, "svg", "qr");
	markup_attribute(m, "viewBox", box);
	markup_attribute(m, "role", "img");
	markup_attribute(m, "aria-label", label);
	markup_open(m, "path");
	markup_attribute(m, "fill", "#fff");
	markup_attribute(m, "d", "M0 0h999v999h-999z");
	markup_close(m);
	markup_open(m, "path");
	markup_attribute(m, "fill", "#000");
	markup_attribute(m, "d", path.data);
	markup_close(m);
	markup_close(m);
}
