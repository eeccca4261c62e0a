/**
 * The life of the connection to a fabric: which broker is tried, back-off, subscriptions, when it is ready, how it ends.
 * {@code DxlClient} calls {@link io.github.dxlcdi.client.connection.Connection} from any thread; everything else here runs
 * on the event loop. It never reads a DXL message and never waits.
 */
package io.github.dxlcdi.client.connection;
