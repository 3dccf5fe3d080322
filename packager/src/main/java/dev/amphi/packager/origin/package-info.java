/** What a playlist request asks, and who waits for what; no socket, thread or clock. */
@NullMarked
package dev.amphi.packager.origin;

import org.jspecify.annotations.NullMarked;
