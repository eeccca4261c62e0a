package com.opendxl.client;

public class DxlClient {
    public String getUniqueId() {
        return "";
    }
}
