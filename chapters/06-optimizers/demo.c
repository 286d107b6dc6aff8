#include "optimizers.h"
int main(void){return 0;}
