package io.github.dxlcdi.testing;

import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** What can be looked up as on a server, while it is open. One at a time. */
public final class ServerNames implements AutoCloseable {
    private static volatile Map<String, Object> names = Map.of();

    public ServerNames(Map<String, Object> bound) {
        names = Map.copyOf(bound);
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Factory.class.getName());
    }

    @Override
    public void close() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        names = Map.of();
    }

    /** Is made by {@link InitialContext}. */
    public static final class Factory implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NameNotFoundException {
                    Object found = names.get(name);
                    if (found == null) {
                        throw new NameNotFoundException(name);
                    }
                    return found;
                }
            };
        }
    }
}
