#pragma once

/* SQLite's settings with a variable number of arguments, which Swift can't call. */

/* Stops SQLite counting its memory, under a lock, at each allocation. Before the library's first use in the process;
   SQLITE_OK, or SQLITE_MISUSE when it has been used. */
int CSQLite_stop_counting_memory(void);
