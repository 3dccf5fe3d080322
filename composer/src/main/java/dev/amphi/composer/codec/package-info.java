/** What decodes, draws and encodes, as the composition sees it: no native code in here. */
@NullMarked
package dev.amphi.composer.codec;

import org.jspecify.annotations.NullMarked;
