#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

/* Zero one and set `resize` and `context` to begin; `at[0 .. count-1]` are the numbers. */
struct list {
	long *at;
	size_t count, room;
	void *(*resize)(void *context, void *p, size_t size); /* as realloc; size 0 frees and returns NULL */
	void *context;
};

/* Each returns true, or false if memory ran out or would have more bytes than SIZE_MAX; then nothing has changed. */

/* Makes room for `count` numbers altogether, if there is less. */
bool list_reserve(struct list *l, size_t count);

/* Puts the n numbers at `from` before the one that is at `index` (at the end if index is `count`). `from` may point into
 * the list itself: then the numbers that were there before the call are put in. False, without a change, too if index is
 * greater than `count`. */
bool list_insert(struct list *l, size_t index, const long *from, size_t n);

/* Adds one at the end. `number` may point into the list. */
bool list_push(struct list *l, const long *number);

/* Takes out up to n numbers, beginning with the one at `index`; returns how many. */
size_t list_remove(struct list *l, size_t index, size_t n);

/* Takes out each number that equals *number, which may point into the list; returns how many. The others keep their order. */
size_t list_purge(struct list *l, const long *number);

/* Gives the memory back; the list is empty and can be used again. */
void list_free(struct list *l);

#endif
