package org.tornadovit.ir;

/** Where an array lives and who sees it. */
public enum Space {
    /** An argument of the kernel, seen by all work-items. */
    GLOBAL,
    /** Shared by the work-items of one group; contents undefined at the start of a group. */
    LOCAL,
    /** Owned by one work-item or iteration; zero when allocated, as in Java. */
    PRIVATE
}
