/* show.h - the words of this chapter's demo, by the file they stand in */
#ifndef SHOW_H
#define SHOW_H

/* numbers.c */
void show_worked(void);
void show_memory(void);
void show_float(void);
void show_fair(void);
void show_scaled(void);

/* orders.c */
void show_orders(void);
void show_misses(void);
void show_timing(void);

/* slopes.c */
void show_secant(void);
void show_differences(void);
void show_difference(void);
void show_jacobian(void);

/* people.c */
void show_titanic(void);
void show_shares(void);

/* digits.c */
void show_means(void);
void show_wrong(void);
void show_milestone(void);
void show_leak(void);
void show_claims(void);

#endif
