#include "domain/totp.h"

#include "base/arena.h"
#include "base/buf.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

int32_t totp_code(struct str secret, int64_t step) {
	unsigned char message[8], mac[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	for (int i = 0; i < 8; i++) message[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	if (!HMAC(EVP_sha1(), secret.p, (int)secret.n, message, sizeof message, mac, &n) || n != 20) return -1;
	const unsigned char *p = mac + (mac[19] & 15);
	uint32_t v = (uint32_t)(p[0] & 127) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	return (int32_t)(v % 1000000);
}

bool totp_is_code(struct str text) {
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] < '0' || text.p[i] > '9') return false;
	return text.n == TOTP_DIGITS;
}

int64_t totp_find(struct str secret, struct str code, int64_t now_ms, int64_t last_step) {
	int64_t value = 0, found = -1, now = now_ms / TOTP_STEP_MS;
	if (!totp_is_code(code) || !str_int(code, &value)) return -1;
	for (int64_t step = now - TOTP_WINDOW; step <= now + TOTP_WINDOW; step++)
		if (totp_code(secret, step) == value && step > last_step) found = step;
	return found;
}

struct str base32(struct arena *a, struct str bytes) {
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b = {.arena = a};
	uint32_t held = 0;
	int bits = 0;
	for (size_t i = 0; i < bytes.n; i++) {
		held = held << 8 | (unsigned char)bytes.p[i];
		for (bits += 8; bits >= 5; bits -= 5) buf_byte(&b, letters[held >> (bits - 5) & 31]);
	}
	if (bits) buf_byte(&b, letters[held << (5 - bits) & 31]);
	return buf_str(&b);
}
