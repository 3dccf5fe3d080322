/** What the picture shows at an instant, as a value, and who decides it. */
@NullMarked
package dev.amphi.composer.scene;

import org.jspecify.annotations.NullMarked;
