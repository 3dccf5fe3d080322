/** Small pictures of the program, for who looks for a moment; no socket, thread or clock. */
@NullMarked
package dev.amphi.packager.thumbnails;

import org.jspecify.annotations.NullMarked;
