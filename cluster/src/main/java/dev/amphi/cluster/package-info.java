@NullMarked
package dev.amphi.cluster;

import org.jspecify.annotations.NullMarked;
