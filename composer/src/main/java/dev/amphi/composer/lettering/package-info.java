/** Words in the picture, by Java2D: the only importer of java.awt. */
@NullMarked
package dev.amphi.composer.lettering;

import org.jspecify.annotations.NullMarked;
