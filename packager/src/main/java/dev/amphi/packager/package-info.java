@NullMarked
package dev.amphi.packager;

import org.jspecify.annotations.NullMarked;
