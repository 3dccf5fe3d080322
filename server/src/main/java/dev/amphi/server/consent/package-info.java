/** Who agreed to be in the program, and the record of it that is kept with a recording. */
@NullMarked
package dev.amphi.server.consent;

import org.jspecify.annotations.NullMarked;
