/** Generated picture and sound of synthetic participants, and the clock in the picture. */
@NullMarked
package dev.amphi.server.load.source;

import org.jspecify.annotations.NullMarked;
