/** Where everybody stands: pure arithmetic from a canvas and its members to rectangles. */
@NullMarked
package dev.amphi.composer.layout;

import org.jspecify.annotations.NullMarked;
