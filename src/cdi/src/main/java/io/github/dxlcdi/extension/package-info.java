/**
 * The portable extension: it notes what the application observes, reads the configuration, adds beans, and starts and stops
 * the lifecycle. Only the container calls it. It holds no logic of its own beyond that.
 */
package io.github.dxlcdi.extension;
