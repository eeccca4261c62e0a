/**
 * Starts the client with the application and stops it: threads borrowed from the server, the connection watched, events
 * handed to the delivery. The extension calls {@link io.github.dxlcdi.lifecycle.FabricLifecycle}; health asks it. It never
 * notifies an observer itself.
 */
package io.github.dxlcdi.lifecycle;
