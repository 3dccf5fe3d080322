/** The program's clock and each source's way onto it; every time is an argument. */
@NullMarked
package dev.amphi.composer.timing;

import org.jspecify.annotations.NullMarked;
