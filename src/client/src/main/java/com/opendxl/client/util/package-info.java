/**
 * Ids, under the names of the OpenDXL Java client. Applications and every other package may call it. It holds no state
 * and depends on nothing of this library.
 */
package com.opendxl.client.util;
