/**
 * A DXL fabric inside the JVM, for development and for tests: {@link io.github.dxlcdi.fabric.Fabric} starts one, sends
 * detections through it and breaks its connections on demand. Tests and developers call it, from any thread of theirs. It
 * is never meant for production, and listens on the loopback interface only.
 */
package io.github.dxlcdi.fabric;
