package dev.amphi.composer.process;

/**
 * What the kernel knows of a thread.
 *
 * @param id its number, unique on the machine while it lives
 * @param runnable whether it runs or waits for a processor; otherwise it sleeps, or was stopped
 * @param ranNanos how long it has had a processor so far
 * @param waitedNanos how long it has waited for one, up to its latest turn
 * @param turns how often it was given one
 */
record ThreadTime(long id, boolean runnable, long ranNanos, long waitedNanos, long turns) {}
