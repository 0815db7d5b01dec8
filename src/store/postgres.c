#include "store/engine.h"
const struct engine postgres_engine = {.kind = ENGINE_POSTGRES};
