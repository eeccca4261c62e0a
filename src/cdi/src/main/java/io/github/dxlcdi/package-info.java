/**
 * What an application imports besides TIE's records: the events that tell of the connection, and the event for a message
 * that could not be delivered. Observe them; the extension fires them. There is nothing here to call.
 */
package io.github.dxlcdi;
