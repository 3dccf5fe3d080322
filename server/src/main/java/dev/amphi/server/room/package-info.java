/** A class from its first link to its published recording. */
@NullMarked
package dev.amphi.server.room;

import org.jspecify.annotations.NullMarked;
