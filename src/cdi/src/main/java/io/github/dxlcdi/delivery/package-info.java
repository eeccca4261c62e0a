/**
 * From a DXL event to the observers: read as a record, notified one by one, each isolated from the others, what fails told
 * as {@code UndeliverableMessage}. The lifecycle hands events in, on threads that it has borrowed. It opens no connection
 * and reads no configuration; no other package notifies observers.
 */
package io.github.dxlcdi.delivery;
