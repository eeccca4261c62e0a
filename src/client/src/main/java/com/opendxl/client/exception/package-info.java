/**
 * What can go wrong on a fabric, under the names of the OpenDXL Java client. Applications catch these, every other
 * package throws them. Nothing here depends on anything else.
 */
package com.opendxl.client.exception;
