/* common_passwords.h - made from data/common-passwords.txt by tools/embed_lines.py. */
#ifndef DOMAIN_COMMON_PASSWORDS_H
#define DOMAIN_COMMON_PASSWORDS_H

#include "base/str.h"

extern const struct str common_passwords[]; /* lower case, by bytes */
extern const size_t common_passwords_n;

#endif
