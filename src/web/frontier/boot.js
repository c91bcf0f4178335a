// What is swept is computed at once: the page is about nothing else.
wait(true);
