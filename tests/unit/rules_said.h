/* rules_said.h - what rules_said.py found in src: the rules that code can say, and every literal that
 * could be the key of one. */
#ifndef RULES_SAID_H
#define RULES_SAID_H

#include "base/str.h"

extern const struct str rules_said[], literals[];
extern const size_t rules_said_n, literals_n;

#endif
