@NullMarked
package dev.amphi.composer;

import org.jspecify.annotations.NullMarked;
