#include "regularization.h"
int main(void){return 0;}
