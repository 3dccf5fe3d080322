/** The program's sound: jitter buffers, concealment, mixing and limiting, in plain arithmetic. */
@NullMarked
package dev.amphi.composer.audio;

import org.jspecify.annotations.NullMarked;
