/**
 * DXL's four kinds of message, under the names of the OpenDXL Java client. Applications make and read them; their bytes
 * come from {@code io.github.dxlcdi.client.wire}. A message is not safe for use by several threads while one changes it.
 */
package com.opendxl.client.message;
