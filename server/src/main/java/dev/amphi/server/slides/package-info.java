/** Decks of slides on the disk, and what of slides and pens is in the program's picture. */
@NullMarked
package dev.amphi.server.slides;

import org.jspecify.annotations.NullMarked;
