/** Sends classes' programs to other platforms, from the samples that the audience gets. */
@NullMarked
package dev.amphi.server.push;

import org.jspecify.annotations.NullMarked;
