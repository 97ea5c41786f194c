/* One node on a card, as a C interface over XRT: memory in, then position and embedding to hidden state and status. No tokenizer, norm or sampler. */
#ifndef LOOPLYNX_HOST_H
#define LOOPLYNX_HOST_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A compute unit that this process has for itself. */
typedef struct looplynx_unit looplynx_unit;

/* How a start has ended; fault is a LOOPLYNX_FAULT_... of looplynx_kernel.h. */
typedef struct looplynx_status {
    uint32_t fault;
    uint32_t channel;
    uint32_t stage;
    uint32_t cycles;
    uint64_t address;
} looplynx_status;

/* What a call returns. */
enum {
    LOOPLYNX_OK = 0,
    /* The host, XRT or the card: looplynx_error says what. */
    LOOPLYNX_FAILED = 1,
    /* The kernel has ended the token: the status says why, and looplynx_error in words. */
    LOOPLYNX_FAULTED = 2
};

/*
 * Opens a unit by the xclbin, the memory-map.json that was written with its kernel, the card's number and the unit's name ("node0").
 * Null: it failed, and error, if given, holds one line that says why.
 */
looplynx_unit *looplynx_open(const char *xclbin, const char *map, uint32_t device, const char *unit, char *error, size_t error_bytes);

/* Fills a channel's buffer, from its first byte on, reads it back and compares. */
int looplynx_load(looplynx_unit *unit, uint32_t channel, const void *data, size_t bytes);

/*
 * Runs a token on the node of that number. The nodes of a ring run their tokens at the same time, each by a call of its own (a thread or a process a unit),
 * with the same position and embedding; a fault of one ends the token on all, and the next token is like any other. Units of a ring are opened together:
 * their tokens are counted from there. hidden is written only if the call returns LOOPLYNX_OK. wait_ms: 0 waits for ever.
 */
int looplynx_run(looplynx_unit *unit, uint32_t node, uint32_t position, const int32_t *embedding, int32_t *hidden, looplynx_status *status, uint32_t wait_ms);

/*
 * Through how many layers of the model the next tokens run, from the first on; 0: all of them. What a layer leaves behind is known from the model alone, so a
 * card that goes wrong is found layer by layer.
 */
void looplynx_set_layers(looplynx_unit *unit, uint32_t layers);

/*
 * The kernel's self-test: fills the first bytes of each channel with words that count up, and has the kernel read so many bursts of 16 beats of each as fast as
 * it answers. What was loaded there is lost: load it again. The report has the cycles, and of each channel beats, stalls and errors; of a ring its joinCycles, on
 * the unit that began last, are the time once round. wait_ms: 0 waits for ever.
 */
int looplynx_self_test(looplynx_unit *unit, uint32_t node, uint32_t bursts, looplynx_status *status, uint32_t wait_ms);

/* Copies the report of the last run, up to so many words; returns how many the kernel writes. */
size_t looplynx_report(const looplynx_unit *unit, uint32_t *words, size_t count);

/* Values of an embedding and of a hidden state. */
uint32_t looplynx_embed(const looplynx_unit *unit);

/* Memory channels. */
uint32_t looplynx_channels(const looplynx_unit *unit);

/* One line about the last call that failed. */
const char *looplynx_error(const looplynx_unit *unit);

/* Gives the unit back. */
void looplynx_close(looplynx_unit *unit);

#ifdef __cplusplus
}
#endif

#endif
