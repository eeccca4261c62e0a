/**
 * What an application implements to be called, under the names of the OpenDXL Java client. The dispatcher calls these on
 * the client's delivery threads. Implementations never run on the thread that reads from the network.
 */
package com.opendxl.client.callback;
