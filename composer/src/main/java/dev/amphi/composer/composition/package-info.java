/** The program's core: sources in, one clock, renditions out; codecs and clocks are arguments. */
@NullMarked
package dev.amphi.composer.composition;

import org.jspecify.annotations.NullMarked;
