/**
 * Ids, under the name of the OpenDXL Java client. Applications and every other package may call it. It holds no state and
 * depends on nothing else.
 */
package com.opendxl.client.util;
