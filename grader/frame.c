#include "frame.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MAGIC = 0x4e4e4331 }; /* "NNC1" */

static void send_all(int fd, const void *bytes, size_t size)
{
    const char *rest = bytes;
    while (size > 0) {
        ssize_t sent = write(fd, rest, size);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            _exit(2);
        rest += sent;
        size -= (size_t)sent;
    }
}

void frame_send(int fd, frame_kind kind, uint64_t a, uint64_t b,
                const void *bytes, size_t size)
{
    frame_head head = { MAGIC, (uint32_t)kind, a, b, size };
    send_all(fd, &head, sizeof head);
    send_all(fd, bytes, size);
}

bool frame_next(frame *next, const unsigned char *stream, size_t size,
                size_t *position, bool *broken)
{
    frame_head head;
    size_t left = size - *position;
    if (left == 0)
        return false;
    *broken = true;
    if (left < sizeof head)
        return false;
    memcpy(&head, stream + *position, sizeof head);
    if (head.magic != MAGIC || head.kind < READY || head.kind > DONE ||
        head.bytes > left - sizeof head)
        return false;
    *next = (frame){ (frame_kind)head.kind, head.a, head.b,
                     stream + *position + sizeof head, head.bytes };
    *position += sizeof head + head.bytes;
    *broken = false;
    return true;
}
