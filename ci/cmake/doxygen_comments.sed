# sed -E -f: the headers' plain comments as Doxygen wants to be told that they are documentation.
1s|^// |/// \\file\n/// |
s|^( {0,8})//( \|$)|\1///\2|
s|^( {9,})// |\1///< |
s|([;,{)}]) +// |\1  ///< |
