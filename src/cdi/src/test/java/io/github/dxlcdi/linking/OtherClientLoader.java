package io.github.dxlcdi.linking;

import java.net.URL;
import java.net.URLClassLoader;

/** Has this project's classes from given places alone, so that its client is not among them, and all else from the tests. */
final class OtherClientLoader extends URLClassLoader {
    OtherClientLoader(URL... classPath) {
        super(classPath, OtherClientLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("com.opendxl.") && !name.startsWith("io.github.dxlcdi.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
