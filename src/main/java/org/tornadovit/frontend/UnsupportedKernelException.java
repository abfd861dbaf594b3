package org.tornadovit.frontend;

import org.tornadovit.ir.Site;

/** A kernel uses something that no device can run; the message names the place and a way out. */
public final class UnsupportedKernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Site site;
    private final String construct;

    /**
     * Creates the exception.
     *
     * @param site class, method and line
     * @param construct what is not supported, as in {@code "a throw statement"}
     * @param wayOut what the user can do, as in {@code "return an error code"}
     */
    public UnsupportedKernelException(Site site, String construct, String wayOut) {
        super(site + ": " + construct + " is not supported in a kernel; " + wayOut);
        this.site = site;
        this.construct = construct;
    }

    /** {@return class, method and line} */
    public Site site() {
        return site;
    }

    /** {@return what is not supported} */
    public String construct() {
        return construct;
    }
}
