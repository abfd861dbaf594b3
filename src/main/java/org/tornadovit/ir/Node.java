package org.tornadovit.ir;

/** A part of a kernel. Nodes are immutable and compare by identity. */
public sealed interface Node permits Expr, Stmt {}
