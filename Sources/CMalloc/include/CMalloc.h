#pragma once

/* The settings of the allocator, which reads them itself. Linking this target is all it takes. */
extern const char *malloc_conf;
