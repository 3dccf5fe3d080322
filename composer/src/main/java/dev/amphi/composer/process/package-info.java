/** The fence: a composition in an operating-system process of its own, and who watches over it. */
@NullMarked
package dev.amphi.composer.process;

import org.jspecify.annotations.NullMarked;
