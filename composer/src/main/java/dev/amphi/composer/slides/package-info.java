/**
 * Slides: PDF pages drawn in a process of its own, and the pens over them. The only package that
 * knows PDFBox.
 */
@NullMarked
package dev.amphi.composer.slides;

import org.jspecify.annotations.NullMarked;
