/**
 * A client of a DXL fabric, under the names of the OpenDXL Java client, so that code written for that one compiles and
 * runs against this one. Applications call it. It is thin: each method hands over to one package below {@code
 * io.github.dxlcdi.client}, none of which knows this one.
 */
package com.opendxl.client;
